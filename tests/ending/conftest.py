"""The S3 server of the publishing tests serves here too."""

from tests.publish.conftest import credentials, seaweed, seaweed_needed

__all__ = ["credentials", "seaweed", "seaweed_needed"]
