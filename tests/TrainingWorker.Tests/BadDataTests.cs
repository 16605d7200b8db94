using System.Text;
using MlKit.Recommendation.Data;
using MlKit.TrainingWorker.Tests.Support;

namespace MlKit.TrainingWorker.Tests;

/// <summary>Whole trainings on data that are broken, tiny or strange: a clear error or a stated degradation each.</summary>
public sealed class BadDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-bad-data-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task Empty_data_are_named() => EndsWithAsync("user,item,timestamp\n", "holds no interactions");

    [Fact]
    public Task One_user_is_too_little() => EndsWithAsync(
        Lines(Enumerable.Range(0, 30).Select(at => $"only,i{at},{at}")), "has too little history to train on: at least two users need 4 or more different items each");

    [Fact]
    public Task One_item_is_too_little() => EndsWithAsync(
        Lines(Enumerable.Range(0, 30).Select(at => $"u{at},only,{at}")), "has too little history to train on");

    [Fact]
    public Task Where_everybody_met_everything_there_is_nothing_to_rank() => EndsWithAsync(
        Lines(Enumerable.Range(0, 40).SelectMany(user => Enumerable.Range(0, 9).Select(item => $"u{user},i{item},{item}"))),
        "gives the ranking model nothing to learn");

    [Theory]
    [InlineData("a rating that is NaN", "1,7,5,NaN", "value 'NaN' is not a finite number")]
    [InlineData("an event in the future", "1,7,99999999999,3", "is in the future")]
    [InlineData("an event before 1970", "1,7,-4,3", "before 1970")]
    [InlineData("a file that ends in the middle of a line", "1,7,16", "3 fields instead of 4")]
    public Task A_broken_line_ends_a_strict_training_with_its_place(string fault, string line, string reason)
    {
        Assert.NotEmpty(fault);
        var text = Table(Small.Interactions) + line;
        return EndsWithAsync(text, $"events.csv:{Small.Interactions.Length + 2}: ", reason);
    }

    [Fact]
    public async Task A_lenient_training_leaves_broken_lines_out_and_counts_them()
    {
        var (exitCode, output) = await TrainAsync(Table(Small.Interactions) + "1,7,5,NaN\n1,7,99999999999,3\n1,7,-4,3\n1,7,16", "--lenient");

        Assert.True(exitCode == ExitCode.Done, output);
        Assert.Contains("left out 1 rows: bad value", output, StringComparison.Ordinal);
        Assert.Contains("left out 2 rows: bad timestamp", output, StringComparison.Ordinal);
        Assert.Contains("left out 1 rows: wrong number of fields", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_in_any_order_and_twice_and_equal_ratings_and_the_largest_ids_are_trained_on()
    {
        var events = Small.Interactions.Concat(Small.Interactions.Take(100)).Select(one => one with { Value = 3 }).ToArray();
        new Random(5).Shuffle(events);

        var (exitCode, output) = await TrainAsync(Table(events, item => $"{long.MaxValue - item}"));

        Assert.True(exitCode == ExitCode.Done, output);
        Assert.Contains($"{Small.UserIds.Length} users", output, StringComparison.Ordinal);
    }

    private static DataSet Small { get; } = SyntheticData.Generate(new SyntheticOptions { Users = 60, Items = 50, MeanEventsPerUser = 22 });

    private static string Lines(IEnumerable<string> lines) => "user,item,timestamp\n" + string.Join('\n', lines) + "\n";

    private static string Table(IEnumerable<Interaction> events, Func<int, string>? item = null)
    {
        var text = new StringBuilder("user,item,timestamp,value\n");
        foreach (var one in events)
        {
            text.Append(null, $"{one.User + 1},{item?.Invoke(one.Item) ?? $"{one.Item + 1}"},{one.Timestamp},{one.Value}\n");
        }

        return text.ToString();
    }

    private async Task EndsWithAsync(string text, params string[] reasons)
    {
        var (exitCode, output) = await TrainAsync(text);

        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.All(reasons, reason => Assert.Contains(reason, output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output)> TrainAsync(string text, params string[] flags)
    {
        var file = Path.Combine(_folder, "events.csv");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        await using var process = ServiceProcess.Start(
            "TrainingWorker", new Dictionary<string, string>(), ["benchmark", "--data", file, "--protocol", "latest-out", .. flags]);
        return (await process.EndAsync(), process.Output);
    }
}
