"""The dashboard: Streamlit over the documents. No planning logic; nothing below knows it."""
