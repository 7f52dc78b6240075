"""The dashboard's floor. Empty until the dashboard lands; nothing below may import it."""
