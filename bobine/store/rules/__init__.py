"""Rules beyond types: texts, numbers, names that must exist, images, limits."""
