"""The feed checker: whether a podcast's feed, ours or anybody's, holds to the rules that apps read it by."""
