using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Runs;
using MlKit.Tracking.Storage;

namespace MlKit.Tests.Search;

/// <summary>
/// Searches over made-up runs find what a plain evaluation in memory finds, in the same order: the way through lexer,
/// parser, grammar and SQL changes no meaning. Seeds are fixed; the failing filter is in the message.
/// </summary>
public sealed class RunSearchProperties(PostgresServer postgres)
{
    private const int RunsPerWorld = 40;

    [Fact]
    public async Task Filters_and_orders_mean_on_SQLite_what_a_plain_evaluation_says()
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            var folder = Directory.CreateTempSubdirectory("mlkit-search-");
            try
            {
                using var database = new SqliteDatabase(Path.Combine(folder.FullName, "tracking.db"));
                await CheckAsync(database, seed, searches: 600);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }

    [Fact]
    public async Task Filters_and_orders_mean_on_PostgreSQL_what_a_plain_evaluation_says()
    {
        for (var seed = 101; seed <= 103; seed++)
        {
            using var database = new PostgresDatabase(await postgres.CreateDatabaseAsync());
            await CheckAsync(database, seed, searches: 600);
        }
    }

    private static async Task CheckAsync(Database database, int seed, int searches)
    {
        var random = new Random(seed);
        var (generator, text) = (new SampleGenerator(random), new SampleText(random));
        var runs = Enumerable.Range(0, RunsPerWorld).Select(_ => generator.Run()).ToList();
        // The tag with a run's name is there as soon as the run is.
        runs = [.. runs.Select(run => run with { Tags = new Dictionary<string, string>(run.Tags) { ["mlflow.runName"] = run.Name } })];
        await database.WriteAsync(session =>
        {
            ExperimentStore.EnsureDefault(session, 1);
            runs.ForEach(run => run.Store(session));
        });
        for (var i = 0; i < searches; i++)
        {
            var (clauses, order) = (generator.Filter(runs), generator.Order());
            var filter = text.Filter(clauses);
            var items = order.Select(text.Order).ToList();
            var expected = SampleOrder.Sort(
                runs.Where(run => !run.Deleted && clauses.All(clause => clause.Matches(run))), order).Select(run => run.Id).Take(i % 3 == 0 ? 5 : RunsPerWorld).ToList();
            // Every plan that the service can choose must find the same.
            var found = await SearchAsync(database, filter, items, few: i % 3 == 0 ? 0 : i % 3 == 1 ? 12 : RunSearchPlan.Few);
            Assert.True(
                expected.SequenceEqual(found),
                $"seed {seed}, search {i}: {filter} | {string.Join(", ", items)}\n{string.Join("\n", clauses)}\n"
                + $"expected {string.Join(" ", expected)}\nfound    {string.Join(" ", found)}");
        }
    }

    private static async Task<List<string>> SearchAsync(Database database, string filter, List<string> order, int few)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["experiment_ids"] = (string[])["0"],
            ["filter"] = filter,
            ["order_by"] = order,
            ["max_results"] = few == 0 ? 5 : 1000,
        });
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Post;
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(body);
        using var request = await ApiRequest.ReadAsync(context);
        var reply = database.Read(session => RunSearch.Run(session, request, few));
        return [.. (reply.Runs ?? []).Select(run => run.Info.RunId)];
    }
}
