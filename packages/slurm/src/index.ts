// What a cluster is asked for
export { readProfile, type SlurmProfile, usualProfileFile } from './profile.js';
export { jobScript, type JobScriptOptions } from './job-script.js';

// Its jobs
export { cancelJob, type JobState, jobStates, submitJob } from './jobs.js';
