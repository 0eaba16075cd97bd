"""Reads sheets, courses, signals, ruptures and safety answers, for somebody who may."""
