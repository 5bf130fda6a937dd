export { type KubernetesProfile, readProfile, usualProfileFile } from './profile.js';
export { jobManifest, type JobManifestOptions } from './job-manifest.js';
