create table if not exists posts (id integer primary key, slug text unique, title text, html text, tag text, published text);
create index if not exists posts_by_date on posts (published);
