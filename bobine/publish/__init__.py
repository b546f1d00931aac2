"""From a master to a feed that a phone accepts: chapters, tags, feed, destinations, the release."""
