"""The question with its trail, those who are asked, letters, answers, and how each wants to take part."""
