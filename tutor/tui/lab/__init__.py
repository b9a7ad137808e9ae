"""The live model beside a lesson, and over the whole screen."""
