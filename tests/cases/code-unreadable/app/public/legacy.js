// nobody reads this: é
