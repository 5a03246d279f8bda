// Loaded before the program: a write beyond the limit on file sizes fails (EFBIG) instead of ending the process.
process.on('SIGXFSZ', () => {});
