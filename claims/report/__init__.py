"""Renders what is stored; computes nothing."""
