// One thread of a simulation: plays the paths it is sent, into memory it shares with who sent them.

import { parentPort } from 'node:worker_threads';
import { type PathTask, runTask } from '@breakwater/risk';

parentPort?.on('message', (task: PathTask) => {
  runTask(task);
  parentPort?.postMessage('done');
});
