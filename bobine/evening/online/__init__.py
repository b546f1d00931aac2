"""The feed online as a workspace knows it: its live item, earlier publications, when an episode goes out."""
