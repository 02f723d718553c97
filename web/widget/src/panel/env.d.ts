// Style sheets that the bundler turns into files.
declare module '*.css';
