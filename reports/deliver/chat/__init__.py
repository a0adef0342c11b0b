"""Robots in group chats: counts and a link, each told once."""
