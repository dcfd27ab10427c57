"""The practice endpoint: a faithful, offline stand-in for Bailian, reached over HTTP only."""
