"""Somebody in what is online: asked for, and taken out of it."""
