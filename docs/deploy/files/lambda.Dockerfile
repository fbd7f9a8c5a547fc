# A Lambda function that serves what `dateline publish --store s3://news-example/feeds` put there.
FROM node:24-slim AS packages
WORKDIR /srv/news
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-slim
# Turns invocations into HTTP requests to the server.
COPY --from=public.ecr.aws/awsguru/aws-lambda-adapter:0.9.1 /lambda-adapter /opt/extensions/lambda-adapter
ENV AWS_LWA_PORT=8080 AWS_LWA_READINESS_CHECK_PATH=/healthz NODE_ENV=production
WORKDIR /srv/news
COPY --from=packages /srv/news/node_modules node_modules
USER node
CMD ["node", "node_modules/dateline-feeds/dist/command/dateline.cjs", "serve", "--store", "s3://news-example/feeds", "--port", "8080"]
