"""A country made of one studio: its rows become a template, which is copied into every district."""
