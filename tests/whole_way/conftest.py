"""The S3 server and the podcast clients of the publishing tests serve here too."""

from tests.publish.conftest import credentials, seaweed, seaweed_needed
from tests.publish.feed.test_feed_clients import partytime

__all__ = ["credentials", "partytime", "seaweed", "seaweed_needed"]
