"""How sheets become Excel: formats, layout, print setup."""
