using System.Text.Json;
using CsCheck;
using Microsoft.AspNetCore.Http;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.LoggedModels;
using MlKit.Tracking.Registry;
using MlKit.Tracking.Storage;
using MlKit.Tracking.Traces;

namespace MlKit.Tests.Search;

/// <summary>
/// Filters over experiments, registered models, their versions, logged models and traces find what a plain evaluation
/// in memory finds, on each database. Seeds are fixed; CsCheck shrinks a failing filter.
/// </summary>
public sealed class OtherSearchProperties(PostgresServer postgres)
{
    private const int Samples = 24;
    private const int SearchesOnSqlite = 1500;
    private const int SearchesOnPostgres = 300;
    private const string Seed = "0000KDsW8kI3";

    private static readonly double[] Values = [1, 2, 3, 5];

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public Task Filters_over_experiments_mean_what_a_plain_evaluation_says(Backend backend) => CheckAsync(
        backend, new SampleGrammar(
            new Dictionary<string, string[]> { ["name"] = SampleGrammar.Plain, ["experiment_id"] = ["=", "IN"], ["tags.k"] = SampleGrammar.Testable, ["tag.`a b`"] = SampleGrammar.Testable },
            ["creation_time", "last_update_time"]),
        (session, random, i) =>
        {
            var tags = Some(random, "k", "a b");
            var (name, time) = ($"{Pick(random)}{i}", 1 + random.Next(4));
            var id = ExperimentStore.Create(session, name, null, Pairs(tags), time);
            return new SampleEntity($"{id}", Texts([("name", name), ("experiment_id", $"{id}"), .. Prefixed(tags, "k", "tags.k"), .. Prefixed(tags, "a b", "tag.`a b`")]),
                new Dictionary<string, IReadOnlyList<double>> { ["creation_time"] = [time], ["last_update_time"] = [time] });
        },
        (session, request) => (ExperimentSearch.Run(session, request).Experiments ?? []).Select(found => found.ExperimentId).Where(id => id != "0"));

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public Task Filters_over_registered_models_mean_what_a_plain_evaluation_says(Backend backend) => CheckAsync(
        backend, new SampleGrammar(new Dictionary<string, string[]> { ["name"] = SampleGrammar.Listed, ["tags.k"] = SampleGrammar.Plain }, []),
        (session, random, i) =>
        {
            var tags = Some(random, "k");
            var name = i < SampleGrammar.Values.Length ? SampleGrammar.Values[i] : $"{Pick(random)}{i}";
            RegisteredModelStore.Create(session, name, null, Pairs(tags), 1);
            return new SampleEntity(name, Texts([("name", name), .. Prefixed(tags, "k", "tags.k")]), NoNumbers);
        },
        (session, request) => (RegistrySearch.OfModels(session, request).RegisteredModels ?? []).Select(found => found.Name));

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public Task Filters_over_model_versions_mean_what_a_plain_evaluation_says(Backend backend) => CheckAsync(
        backend, new SampleGrammar(
            new Dictionary<string, string[]> { ["name"] = SampleGrammar.Listed, ["source_path"] = SampleGrammar.Plain, ["run_id"] = SampleGrammar.Listed, ["tags.k"] = SampleGrammar.Plain },
            ["version_number"]),
        (session, random, i) =>
        {
            var tags = Some(random, "k");
            var (name, run, source) = (SampleGrammar.Values[i % 3], Pick(random), $"s3://b/{Pick(random)}");
            var model = RegisteredModelStore.Find(session, name) ?? RegisteredModelStore.Create(session, name, null, [], 1);
            var version = ModelVersionStore.Create(session, model, new ResolvedSource(source, source, run, null), null, "", Pairs(tags), 1);
            return new SampleEntity($"{name}/{version.Version}", Texts([("name", name), ("source_path", source), ("run_id", run), .. Prefixed(tags, "k", "tags.k")]),
                new Dictionary<string, IReadOnlyList<double>> { ["version_number"] = [version.Version] });
        },
        (session, request) => (RegistrySearch.OfVersions(session, request).ModelVersions ?? []).Select(found => $"{found.Name}/{found.Version}"));

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public Task Filters_over_logged_models_mean_what_a_plain_evaluation_says(Backend backend) => CheckAsync(
        backend, new SampleGrammar(
            new Dictionary<string, string[]>
            {
                ["name"] = SampleGrammar.Listed,
                ["attributes.model_type"] = SampleGrammar.Listed,
                ["source_run_id"] = SampleGrammar.Plain,
                ["params.p"] = SampleGrammar.Listed,
                ["tags.k"] = SampleGrammar.Listed,
            },
            ["creation_time", "attributes.creation_timestamp"]),
        (session, random, i) =>
        {
            var (pairs, time) = (Some(random, "p", "k", "type", "run"), 1 + random.Next(4));
            var name = Pick(random);
            var model = LoggedModelStore.Create(
                session, ExperimentStore.Require(session, "0"), name, pairs.GetValueOrDefault("type"), pairs.GetValueOrDefault("run"),
                Pairs(pairs, "p"), Pairs(pairs, "k"), time);
            return new SampleEntity(model.ModelId,
                Texts([("name", name), .. Prefixed(pairs, "type", "attributes.model_type"), .. Prefixed(pairs, "run", "source_run_id"), .. Prefixed(pairs, "p", "params.p"), .. Prefixed(pairs, "k", "tags.k")]),
                new Dictionary<string, IReadOnlyList<double>> { ["creation_time"] = [time], ["attributes.creation_timestamp"] = [time] });
        },
        (session, request) => (LoggedModelSearch.Run(session, request).Models ?? []).Select(found => found.Info.ModelId));

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public Task Filters_over_traces_mean_what_a_plain_evaluation_says(Backend backend) => CheckAsync(
        backend, new SampleGrammar(
            new Dictionary<string, string[]>
            {
                ["name"] = SampleGrammar.Listed,
                ["status"] = SampleGrammar.Listed,
                ["client_request_id"] = SampleGrammar.Listed,
                ["run_id"] = SampleGrammar.Listed,
                ["tags.k"] = SampleGrammar.Testable,
                ["metadata.m"] = SampleGrammar.Testable,
            },
            ["timestamp_ms", "execution_time", "end_time"]),
        (session, random, i) =>
        {
            var pairs = Some(random, "name", "client", "run", "k", "m");
            var (time, duration) = (1 + random.Next(3), random.Next(2) == 0 ? (long?)null : 1 + random.Next(2));
            var trace = TraceStore.Start(session, new TraceFields(
                $"tr-{i}", "0", time, duration, "OK", pairs.GetValueOrDefault("client"), null, null,
                Texts([.. Prefixed(pairs, "run", TraceKeys.SourceRun), .. Prefixed(pairs, "m", "m")]),
                Texts([.. Prefixed(pairs, "name", TraceKeys.Name), .. Prefixed(pairs, "k", "k")])));
            return new SampleEntity(trace.TraceId,
                Texts([("status", "OK"), .. Prefixed(pairs, "name", "name"), .. Prefixed(pairs, "client", "client_request_id"), .. Prefixed(pairs, "run", "run_id"), .. Prefixed(pairs, "k", "tags.k"), .. Prefixed(pairs, "m", "metadata.m")]),
                new Dictionary<string, IReadOnlyList<double>>
                {
                    ["timestamp_ms"] = [time],
                    ["execution_time"] = duration is { } given ? [given] : [],
                    ["end_time"] = [time + (duration ?? 0)],
                });
        },
        (session, request) => (TraceSearch.Run(session, request).Traces ?? []).Select(found => found.TraceId));

    private static Dictionary<string, IReadOnlyList<double>> NoNumbers => [];

    private async Task CheckAsync(
        Backend backend, SampleGrammar grammar, Func<SqlSession, Random, int, SampleEntity> store,
        Func<SqlSession, ApiRequest, IEnumerable<string>> search)
    {
        var folder = Directory.CreateTempSubdirectory("mlkit-search-");
        try
        {
            using Database database = backend == Backend.Sqlite
                ? new SqliteDatabase(Path.Combine(folder.FullName, "tracking.db"))
                : new PostgresDatabase(await postgres.CreateDatabaseAsync());
            var samples = await database.WriteAsync(session =>
            {
                var random = new Random(42);
                ExperimentStore.EnsureDefault(session, 1);
                return Enumerable.Range(0, Samples).Select(i => store(session, random, i)).ToList();
            });
            await grammar.Filters(Values).SampleAsync(
                clauses => HoldsAsync(database, samples, clauses, search), seed: Seed,
                iter: backend == Backend.Sqlite ? SearchesOnSqlite : SearchesOnPostgres, threads: 1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task HoldsAsync(
        Database database, List<SampleEntity> samples, EntityClause[] clauses, Func<SqlSession, ApiRequest, IEnumerable<string>> search)
    {
        var filter = string.Join(" AND ", clauses.Select(clause => clause.ToString()));
        var expected = samples.Where(sample => clauses.All(clause => clause.Matches(sample))).Select(sample => sample.Id).Order(StringComparer.Ordinal);
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Post;
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new
        {
            experiment_ids = (string[])["0"],
            locations = (object[])[new { mlflow_experiment = new { experiment_id = "0" } }],
            filter,
            max_results = 100,
        }));
        using var request = await ApiRequest.ReadAsync(context);
        var found = database.Read(session => search(session, request).ToList());
        Assert.True(expected.SequenceEqual(found.Order(StringComparer.Ordinal)), filter);
    }

    private static string Pick(Random random) => SampleGrammar.Values[random.Next(SampleGrammar.Values.Length)];

    /// <summary>Values for about half of the keys.</summary>
    private static Dictionary<string, string> Some(Random random, params string[] keys) =>
        keys.Where(_ => random.Next(2) == 0).ToDictionary(key => key, _ => Pick(random));

    private static IReadOnlyList<KeyValue> Pairs(Dictionary<string, string> pairs, params string[] keys) =>
        [.. pairs.Where(pair => keys.Length == 0 || keys.Contains(pair.Key)).Select(pair => new KeyValue(pair.Key, pair.Value))];

    private static Dictionary<string, string> Texts(IEnumerable<(string Field, string Value)> texts) =>
        texts.ToDictionary(text => text.Field, text => text.Value);

    /// <summary>The field with the key's value, where the key has one.</summary>
    private static IEnumerable<(string Field, string Value)> Prefixed(Dictionary<string, string> pairs, string key, string field) =>
        pairs.TryGetValue(key, out var value) ? [(field, value)] : [];
}
