"""The optimizer: five stages from districts to minutes, each alone or in a row."""
