/** The front page of the feeds is at /news/, to which /news leads. */
export default { skipTrailingSlashRedirect: true };
