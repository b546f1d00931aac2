"""The rules of a feed. Pure: they see a document that is read already, the present instant and an address."""
