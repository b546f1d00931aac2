"""The « conducteur réalisé »: what was aired, beside what was planned."""
