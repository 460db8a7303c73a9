"""Which policy is in force: the one that was published last, or the files; taken up while calls go on."""
