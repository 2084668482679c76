"""Everything that visitors open."""
