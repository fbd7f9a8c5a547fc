// Runs these tests again from source: `command` differs from that of `npm test`.
import './started-command.test.ts';
