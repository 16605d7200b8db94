namespace MlKit.Tracking.Storage;

/// <summary>
/// The tables. Runs and logged models have a small number beside their public id, which their rows elsewhere carry.
/// NaN is stored as 0 with a flag, because SQLite would turn it into NULL.
/// </summary>
internal static class Schema
{
    public static string Version1(Dialect dialect)
    {
        var d = dialect;
        return $"""
            CREATE TABLE experiments (
                experiment_id {d.Identity}, name {d.Text} NOT NULL UNIQUE, artifact_location {d.Text} NOT NULL,
                deleted {d.Number} NOT NULL DEFAULT 0, creation_time {d.Number} NOT NULL, last_update_time {d.Number} NOT NULL);
            CREATE TABLE experiment_tags (
                experiment_id {d.Number} NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL,
                PRIMARY KEY (experiment_id, key)){d.Clustered};

            CREATE TABLE runs (
                run {d.Identity}, run_id {d.Text} NOT NULL UNIQUE, experiment_id {d.Number} NOT NULL, name {d.Text} NOT NULL,
                user_id {d.Text} NOT NULL, status {d.Number} NOT NULL, start_time {d.Number} NOT NULL, end_time {d.Number},
                artifact_uri {d.Text} NOT NULL, deleted {d.Number} NOT NULL DEFAULT 0);
            CREATE INDEX runs_by_experiment ON runs (experiment_id, deleted, start_time DESC, run_id);
            CREATE TABLE params (
                run {d.Number} NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL, PRIMARY KEY (run, key)){d.Clustered};
            CREATE INDEX params_by_value ON params ({d.ByValue});
            CREATE TABLE tags (
                run {d.Number} NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL, PRIMARY KEY (run, key)){d.Clustered};
            CREATE INDEX tags_by_value ON tags ({d.ByValue});
            CREATE TABLE metrics (
                run {d.Number} NOT NULL, key {d.Text} NOT NULL, timestamp {d.Number} NOT NULL, step {d.Number} NOT NULL,
                value {d.Real} NOT NULL, is_nan {d.Number} NOT NULL,
                PRIMARY KEY (run, key, timestamp, step, value, is_nan)){d.Clustered};
            CREATE TABLE latest_metrics (
                run {d.Number} NOT NULL, key {d.Text} NOT NULL, value {d.Real} NOT NULL, timestamp {d.Number} NOT NULL,
                step {d.Number} NOT NULL, is_nan {d.Number} NOT NULL, PRIMARY KEY (run, key)){d.Clustered};
            CREATE INDEX latest_metrics_by_value ON latest_metrics (key, value);

            CREATE TABLE datasets (
                dataset {d.Identity}, experiment_id {d.Number} NOT NULL, name {d.Text} NOT NULL, digest {d.Text} NOT NULL,
                source_type {d.Text} NOT NULL, source {d.Text} NOT NULL, schema {d.Text}, profile {d.Text},
                UNIQUE (experiment_id, name, digest));
            CREATE TABLE run_datasets (
                input {d.Identity}, run {d.Number} NOT NULL, dataset {d.Number} NOT NULL, UNIQUE (run, dataset));
            CREATE TABLE run_dataset_tags (
                input {d.Number} NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL, PRIMARY KEY (input, key)){d.Clustered};
            CREATE TABLE run_model_inputs (
                run {d.Number} NOT NULL, model_id {d.Text} NOT NULL, PRIMARY KEY (run, model_id)){d.Clustered};
            CREATE TABLE run_model_outputs (
                run {d.Number} NOT NULL, model_id {d.Text} NOT NULL, step {d.Number} NOT NULL,
                PRIMARY KEY (run, model_id)){d.Clustered};

            CREATE TABLE logged_models (
                model {d.Identity}, model_id {d.Text} NOT NULL UNIQUE, experiment_id {d.Number} NOT NULL,
                name {d.Text} NOT NULL, model_type {d.Text}, source_run_id {d.Text}, status {d.Number} NOT NULL, status_message {d.Text},
                artifact_uri {d.Text} NOT NULL, creation_time {d.Number} NOT NULL, last_update_time {d.Number} NOT NULL,
                deleted {d.Number} NOT NULL DEFAULT 0);
            CREATE INDEX logged_models_by_name ON logged_models (experiment_id, name);
            CREATE TABLE logged_model_params (
                model {d.Number} NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL, PRIMARY KEY (model, key)){d.Clustered};
            CREATE TABLE logged_model_tags (
                model {d.Number} NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL, PRIMARY KEY (model, key)){d.Clustered};
            CREATE TABLE logged_model_metrics (
                model {d.Number} NOT NULL, key {d.Text} NOT NULL, timestamp {d.Number} NOT NULL, step {d.Number} NOT NULL,
                run {d.Number} NOT NULL, value {d.Real} NOT NULL, is_nan {d.Number} NOT NULL, dataset_name {d.Text}, dataset_digest {d.Text},
                PRIMARY KEY (model, key, timestamp, step, run)){d.Clustered};

            CREATE TABLE registered_models (
                model {d.Identity}, name {d.Text} NOT NULL UNIQUE, description {d.Text},
                creation_time {d.Number} NOT NULL, last_update_time {d.Number} NOT NULL);
            CREATE TABLE registered_model_tags (
                model {d.Number} NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL, PRIMARY KEY (model, key)){d.Clustered};
            CREATE TABLE registered_model_aliases (
                model {d.Number} NOT NULL, alias {d.Text} NOT NULL, version {d.Number} NOT NULL,
                PRIMARY KEY (model, alias)){d.Clustered};
            CREATE TABLE model_versions (
                model {d.Number} NOT NULL, version {d.Number} NOT NULL, description {d.Text}, source {d.Text} NOT NULL,
                storage_location {d.Text} NOT NULL, run_id {d.Text} NOT NULL, run_link {d.Text} NOT NULL, stage {d.Text} NOT NULL,
                model_id {d.Text}, creation_time {d.Number} NOT NULL, last_update_time {d.Number} NOT NULL,
                deleted {d.Number} NOT NULL DEFAULT 0, PRIMARY KEY (model, version)){d.Clustered};
            CREATE INDEX model_versions_by_run ON model_versions (run_id);
            CREATE TABLE model_version_tags (
                model {d.Number} NOT NULL, version {d.Number} NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL,
                PRIMARY KEY (model, version, key)){d.Clustered};
            """;
    }

    /// <summary>
    /// The way from a logged model to the versions that were made from it; and, for SQLite, where points are written
    /// first (see <see cref="Metrics.MetricTables"/>).
    /// </summary>
    public static string Version2(Dialect dialect) =>
        "CREATE INDEX model_versions_by_model ON model_versions (model_id);" + (dialect != Dialect.Sqlite ? "" : """
            CREATE TABLE recent_metrics (
                run INTEGER NOT NULL, key TEXT NOT NULL, timestamp INTEGER NOT NULL, step INTEGER NOT NULL,
                value REAL NOT NULL, is_nan INTEGER NOT NULL,
                PRIMARY KEY (run, timestamp, step, key, value, is_nan)) WITHOUT ROWID;
            """);

    /// <summary>Traces with their spans.</summary>
    public static string Version3(Dialect dialect)
    {
        var d = dialect;
        return $"""
            CREATE TABLE traces (
                trace {d.Identity}, trace_id {d.Text} NOT NULL UNIQUE, experiment_id {d.Number} NOT NULL,
                timestamp_ms {d.Number} NOT NULL, execution_ms {d.Number}, state {d.Text} NOT NULL, client_request_id {d.Text},
                request_preview {d.Text}, response_preview {d.Text});
            CREATE INDEX traces_by_experiment ON traces (experiment_id, timestamp_ms DESC, trace_id);
            CREATE TABLE trace_tags (
                trace {d.Number} NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL, PRIMARY KEY (trace, key)){d.Clustered};
            CREATE TABLE trace_metadata (
                trace {d.Number} NOT NULL, key {d.Text} NOT NULL, value {d.Text} NOT NULL, PRIMARY KEY (trace, key)){d.Clustered};
            CREATE TABLE spans (
                trace {d.Number} NOT NULL, span_id {d.Text} NOT NULL, parent_id {d.Text}, name {d.Text} NOT NULL,
                type {d.Text} NOT NULL, status {d.Text} NOT NULL, start_ns {d.Number} NOT NULL, content {d.Text} NOT NULL,
                PRIMARY KEY (trace, span_id));
            """ + (d == Dialect.Sqlite ? "" : PostgresFunctions.ForTraces);
    }
}
