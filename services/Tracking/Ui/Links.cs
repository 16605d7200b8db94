namespace MlKit.Tracking.Ui;

/// <summary>Addresses of pages. They are MLflow's own without its <c>#</c>, so that links of either UI open here.</summary>
internal static class Links
{
    public static string Experiment(string id) => $"experiments/{Part(id)}/runs";

    public static string Experiments(IEnumerable<string> ids) => $"compare-experiments/s?experiments={RunFacts.ToQuery(ids)}";

    public static string LoggedModels(string experiment) => $"experiments/{Part(experiment)}/models";

    public static string LoggedModel(string experiment, string model) => $"experiments/{Part(experiment)}/models/{Part(model)}";

    public static string Traces(string experiment) => $"experiments/{Part(experiment)}/traces";

    public static string TracesOf(string experiment, string run) =>
        $"{Traces(experiment)}?searchFilter={Uri.EscapeDataString($"run_id = {RunFacts.Quote(run)}")}";

    public static string Trace(string experiment, string trace) => $"experiments/{Part(experiment)}/traces/{Part(trace)}";

    public static string Run(string experiment, string run) => $"experiments/{Part(experiment)}/runs/{Part(run)}";

    public static string CompareRuns(IEnumerable<string> runs, IEnumerable<string> experiments) =>
        $"compare-runs?runs={RunFacts.ToQuery(runs)}&experiments={RunFacts.ToQuery(experiments)}";

    public static string Metric(string key, IEnumerable<string> runs) => $"metric?metric={Part(key)}&runs={RunFacts.ToQuery(runs)}";

    public static string MetricCsv(string key, IEnumerable<string> runs) => $"ui/metric.csv?metric={Part(key)}&runs={RunFacts.ToQuery(runs)}";

    public static string Model(string name) => $"models/{Part(name)}";

    public static string Version(string name, string version) => $"models/{Part(name)}/versions/{Part(version)}";

    public static string CompareVersions(string name, IEnumerable<string> versions) =>
        $"compare-model-versions?name={Part(name)}&versions={string.Join(',', versions)}";

    /// <summary>The file itself, through the artifact proxy; null where this server does not keep it.</summary>
    public static string? File(string root, string path)
    {
        const string scheme = "mlflow-artifacts:/";
        return root.StartsWith(scheme, StringComparison.Ordinal) && !root.StartsWith(scheme + "/", StringComparison.Ordinal)
            ? "ajax-api/2.0/mlflow-artifacts/artifacts/" + Path($"{root[scheme.Length..].Trim('/')}/{path}")
            : null;
    }

    public static string Path(string path) => string.Join('/', path.Split('/').Select(Part));

    private static string Part(string text) => Uri.EscapeDataString(text);
}
