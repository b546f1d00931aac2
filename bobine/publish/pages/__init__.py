"""The pages beside the feed: static, made from the show and its releases, for any browser and any host."""
