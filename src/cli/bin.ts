import { main } from './main.js';

// Whoever reads the output may stop reading: `twfc check | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

void main(process.argv.slice(2)).then((code) => {
  // What a failed connection left behind must not keep the process: what was printed leaves first.
  process.stdout.write('', () => process.exit(code));
});
