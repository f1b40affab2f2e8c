const usage = `Usage: breakwater <command> [options]

Options:
  --help     this text
  --version  the version
`;

process.stdout.write(usage);
