"""Tables turned into the model's dataclasses and back, whether TOML or JSON holds them. Pure."""
