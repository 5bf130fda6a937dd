// What a cluster is asked for
export { type SlurmProfile, type SlurmSection, slurmSectionSchema } from './section.js';
export { readProfile, usualProfileFile } from './profile.js';
export { jobScript, type JobScriptOptions } from './job-script.js';

// Its jobs
export { cancelJob, type JobState, jobStates, submitJob } from './jobs.js';
