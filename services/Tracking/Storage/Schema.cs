namespace MlKit.Tracking.Storage;

/// <summary>
/// The tables. Runs and logged models have a small number beside their public id, which their rows elsewhere carry.
/// NaN is stored as 0 with a flag, because SQLite would turn it into NULL.
/// </summary>
internal static class Schema
{
    public const string Version1 = """
        CREATE TABLE experiments (
            experiment_id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, artifact_location TEXT NOT NULL,
            deleted INTEGER NOT NULL DEFAULT 0, creation_time INTEGER NOT NULL, last_update_time INTEGER NOT NULL);
        CREATE TABLE experiment_tags (
            experiment_id INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (experiment_id, key)) WITHOUT ROWID;

        CREATE TABLE runs (
            run INTEGER PRIMARY KEY, run_id TEXT NOT NULL UNIQUE, experiment_id INTEGER NOT NULL, name TEXT NOT NULL,
            user_id TEXT NOT NULL, status INTEGER NOT NULL, start_time INTEGER NOT NULL, end_time INTEGER,
            artifact_uri TEXT NOT NULL, deleted INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX runs_by_experiment ON runs (experiment_id, deleted, start_time DESC, run_id);
        CREATE TABLE params (
            run INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (run, key)) WITHOUT ROWID;
        CREATE INDEX params_by_value ON params (key, value);
        CREATE TABLE tags (
            run INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (run, key)) WITHOUT ROWID;
        CREATE INDEX tags_by_value ON tags (key, value);
        CREATE TABLE metrics (
            run INTEGER NOT NULL, key TEXT NOT NULL, timestamp INTEGER NOT NULL, step INTEGER NOT NULL,
            value REAL NOT NULL, is_nan INTEGER NOT NULL,
            PRIMARY KEY (run, key, timestamp, step, value, is_nan)) WITHOUT ROWID;
        CREATE TABLE latest_metrics (
            run INTEGER NOT NULL, key TEXT NOT NULL, value REAL NOT NULL, timestamp INTEGER NOT NULL,
            step INTEGER NOT NULL, is_nan INTEGER NOT NULL, PRIMARY KEY (run, key)) WITHOUT ROWID;
        CREATE INDEX latest_metrics_by_value ON latest_metrics (key, value);

        CREATE TABLE datasets (
            dataset INTEGER PRIMARY KEY, experiment_id INTEGER NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL,
            source_type TEXT NOT NULL, source TEXT NOT NULL, schema TEXT, profile TEXT,
            UNIQUE (experiment_id, name, digest));
        CREATE TABLE run_datasets (
            input INTEGER PRIMARY KEY, run INTEGER NOT NULL, dataset INTEGER NOT NULL, UNIQUE (run, dataset));
        CREATE TABLE run_dataset_tags (
            input INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (input, key)) WITHOUT ROWID;
        CREATE TABLE run_model_inputs (
            run INTEGER NOT NULL, model_id TEXT NOT NULL, PRIMARY KEY (run, model_id)) WITHOUT ROWID;
        CREATE TABLE run_model_outputs (
            run INTEGER NOT NULL, model_id TEXT NOT NULL, step INTEGER NOT NULL,
            PRIMARY KEY (run, model_id)) WITHOUT ROWID;

        CREATE TABLE logged_models (
            model INTEGER PRIMARY KEY, model_id TEXT NOT NULL UNIQUE, experiment_id INTEGER NOT NULL,
            name TEXT NOT NULL, model_type TEXT, source_run_id TEXT, status INTEGER NOT NULL, status_message TEXT,
            artifact_uri TEXT NOT NULL, creation_time INTEGER NOT NULL, last_update_time INTEGER NOT NULL,
            deleted INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX logged_models_by_name ON logged_models (experiment_id, name);
        CREATE TABLE logged_model_params (
            model INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (model, key)) WITHOUT ROWID;
        CREATE TABLE logged_model_tags (
            model INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (model, key)) WITHOUT ROWID;
        CREATE TABLE logged_model_metrics (
            model INTEGER NOT NULL, key TEXT NOT NULL, timestamp INTEGER NOT NULL, step INTEGER NOT NULL,
            run INTEGER NOT NULL, value REAL NOT NULL, is_nan INTEGER NOT NULL, dataset_name TEXT, dataset_digest TEXT,
            PRIMARY KEY (model, key, timestamp, step, run)) WITHOUT ROWID;

        CREATE TABLE registered_models (
            model INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT,
            creation_time INTEGER NOT NULL, last_update_time INTEGER NOT NULL);
        CREATE TABLE registered_model_tags (
            model INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (model, key)) WITHOUT ROWID;
        CREATE TABLE registered_model_aliases (
            model INTEGER NOT NULL, alias TEXT NOT NULL, version INTEGER NOT NULL,
            PRIMARY KEY (model, alias)) WITHOUT ROWID;
        CREATE TABLE model_versions (
            model INTEGER NOT NULL, version INTEGER NOT NULL, description TEXT, source TEXT NOT NULL,
            storage_location TEXT NOT NULL, run_id TEXT NOT NULL, run_link TEXT NOT NULL, stage TEXT NOT NULL,
            model_id TEXT, creation_time INTEGER NOT NULL, last_update_time INTEGER NOT NULL,
            deleted INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (model, version)) WITHOUT ROWID;
        CREATE INDEX model_versions_by_run ON model_versions (run_id);
        CREATE TABLE model_version_tags (
            model INTEGER NOT NULL, version INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (model, version, key)) WITHOUT ROWID;
        """;
}
