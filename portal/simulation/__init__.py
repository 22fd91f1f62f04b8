"""Simulated candidates through the real test forms: how often is a verdict wrong?"""
