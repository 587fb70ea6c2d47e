// Ends the worker when the process that started it is gone.
import { workerData as parent } from 'node:worker_threads';

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, 1000);
