// Drives a tracking server with the npm package mlflow, unchanged, and checks what it reads back.
// usage: node client.js http://127.0.0.1:5000
'use strict'

const assert = require('node:assert/strict')
const MLflow = require('mlflow')
const { RunStatus, ViewType } = require('mlflow/enum')

// The package prints the body of every request.
console.log = () => {}

async function main(endpoint) {
  const { Experiments, Runs, Metrics, Artifacts } = new MLflow({ endpoint })

  const { experiment_id } = await Experiments.create({ name: 'node-client' })
  const { experiment } = await Experiments.get({ experiment_id })
  assert.equal(experiment.name, 'node-client')
  const { experiments } = await Experiments.list()
  assert.ok(experiments.some((item) => item.experiment_id === experiment_id), 'the new experiment is listed')

  const started = Date.now()
  const { run } = await Runs.create({ experiment_id, user_id: 'node', start_time: started, tags: [{ key: 'from', value: 'node' }] })
  const run_id = run.info.run_id
  assert.match(run_id, /^[0-9a-f]{32}$/)

  await Runs.logParameter({ run_id, key: 'lr', value: '0.01' })
  await Runs.logMetric({ run_id, key: 'loss', value: 0.5, timestamp: started, step: 0 })
  await Runs.logMetric({ run_id, key: 'loss', value: 0.25, timestamp: started + 1, step: 1 })
  await Runs.setTag({ run_id, key: 'team', value: 'risk' })
  await Runs.logBatch({
    run_id,
    metrics: [{ key: 'auc', value: 0.9, timestamp: started, step: 0 }],
    params: [{ key: 'depth', value: '3' }],
    tags: [{ key: 'gone', value: 'soon' }],
  })
  await Runs.deleteTag({ run_id, key: 'gone' })
  await assert.rejects(Runs.logParameter({ run_id, key: 'lr', value: '0.02' }), 'a param is written once')

  const { run: read } = await Runs.get({ run_id })
  const pairs = (list) => Object.fromEntries(list.map((item) => [item.key, item.value]))
  assert.deepEqual(pairs(read.data.params), { depth: '3', lr: '0.01' })
  assert.deepEqual(pairs(read.data.metrics), { auc: 0.9, loss: 0.25 })
  assert.equal(pairs(read.data.tags).team, 'risk')
  assert.equal(pairs(read.data.tags).gone, undefined)

  const { metrics } = await Metrics.getHistory({ run_id, metric_key: 'loss' })
  assert.deepEqual(metrics.map((point) => [point.step, point.value]), [[0, 0.5], [1, 0.25]])

  const { run_info } = await Runs.update({ run_id, status: RunStatus.FINISHED, end_time: started + 5 })
  assert.equal(run_info.status, 'FINISHED')
  const { runs } = await Runs.search({
    experiment_ids: [experiment_id],
    filter: "metrics.auc > 0.5 AND params.lr = '0.01'",
    run_view_type: ViewType.ACTIVE_ONLY,
    order_by: ['metrics.loss ASC'],
    max_results: 10,
  })
  assert.deepEqual(runs.map((item) => item.info.run_id), [run_id])

  const { root_uri } = await Artifacts.list({ run_id })
  assert.match(root_uri, /^mlflow-artifacts:\//)

  await Runs.delete({ run_id })
  await Runs.restore({ run_id })
  await Experiments.update({ experiment_id, new_name: 'node-client-renamed' })
  await Experiments.delete({ experiment_id })
  await Experiments.restore({ experiment_id })
  process.stdout.write('ok\n')
}

main(process.argv[2]).catch((error) => {
  console.error(error)
  process.exit(1)
})
