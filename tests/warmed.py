"""The reading and compiling that commands would do for themselves, done once where they are forked."""

from __future__ import annotations

import contextlib

from botocore.exceptions import BotoCoreError

from bobine.model.destination import BucketDestination
from bobine.publish.destinations.s3.client import Clients, Line
from bobine.publish.pages.templating import environment

for name in environment().list_templates(extensions=["html"]):
    environment().get_template(name)

with contextlib.suppress(ValueError, BotoCoreError):  # whose computer names a profile that is not there
    Clients(BucketDestination(name="a", bucket="b", public_url="https://exemple.org/"), Line(), "path")
