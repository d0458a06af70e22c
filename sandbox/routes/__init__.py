"""The local Slack's doors: for the app, for the page, for whoever tests."""
