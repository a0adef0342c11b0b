"""Marks, KPI scores and 360-degree feedback: for HR's eyes only."""
