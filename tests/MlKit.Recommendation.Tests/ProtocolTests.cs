using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.Tests;

namespace MlKit.Recommendation.Tests;

public sealed class ProtocolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-protocol-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Ncf_on_MovieLens_1M_is_the_published_split()
    {
        var task = Read(SharedMaterial.Require("data", "movielens-1m"), Protocol.Ncf);

        Assert.Equal(6_040, task.Cases.Count);
        Assert.Equal(994_169, Enumerable.Range(0, task.Training.Count).Sum(user => task.Training[user].Length));
        Assert.Equal(156, task.Cases.Count(one => one.Candidates!.Length == 99));
        Assert.All(task.Cases, one => Assert.DoesNotContain(one.Positives[0], one.History.Select(e => e.Item)));
    }

    [Fact]
    public void Last_on_MovieLens_1M_uses_the_sequences_and_the_512_validation_users()
    {
        var task = Read(SharedMaterial.Require("data", "movielens-1m"), Protocol.Last);

        Assert.Equal((6_040, 3_416, 512), (task.Cases.Count, task.Competes!.Count(one => one), task.TuningUsers!.Count));
        Assert.Equal(999_611 - 6_040, Enumerable.Range(0, task.Training.Count).Sum(user => task.Training[user].Length));
    }

    [Fact]
    public void A_quarter_of_each_user_is_held_out_at_random_and_the_seed_decides_which()
    {
        var data = SyntheticData.Generate(new SyntheticOptions { Users = 50, Items = 100 });

        var task = ProtocolSplitter.Split(data, Protocol.PerUser7525, 1);

        Assert.All(task.Cases, one => Assert.Equal(
            Math.Round((one.History.Length + one.Positives.Length) * 0.25), one.Positives.Length));
        Assert.Equal(task.Cases[0].Positives, ProtocolSplitter.Split(data, Protocol.PerUser7525, 1).Cases[0].Positives);
        Assert.NotEqual(
            task.Cases.SelectMany(one => one.Positives), ProtocolSplitter.Split(data, Protocol.PerUser7525, 2).Cases.SelectMany(one => one.Positives));
        Assert.False(task.HasClock);
    }

    [Fact]
    public void Sampled_negatives_are_100_items_outside_the_whole_history()
    {
        var data = SyntheticData.Generate(new SyntheticOptions { Users = 50, Items = 400 });
        var whole = UserHistories.Of(data);

        foreach (var one in ProtocolSplitter.Split(data, Protocol.LastSampled, 1).Cases)
        {
            Assert.Equal(101, one.Candidates!.Distinct().Count());
            Assert.Equal(one.Positives, one.Candidates!.Intersect(whole[one.User].ToArray().Select(e => e.Item)));
        }
    }

    [Theory]
    [InlineData("(1,30)\t40\t50\n")]
    [InlineData("1\t40\t50\n")]
    [InlineData("1,40 50\n")]
    [InlineData("1 40\n1 50\n")]
    public void Negatives_that_the_data_bring_along_are_used(string negatives)
    {
        File.WriteAllText(Path.Combine(_folder, "games.txt"), "1 10\n1 20\n1 30\n2 40\n2 50\n2 10\n");
        File.WriteAllText(Path.Combine(_folder, "games.negative"), negatives);
        File.WriteAllText(Path.Combine(_folder, "README.md"), "user, then items that the user never met");

        var task = Read(_folder, Protocol.LastSampled);

        var data = task.Training.Data;
        var one = task.Cases.Single(one => data.UserIds[one.User] == "1");
        Assert.Equal(["30"], one.Positives.Select(item => data.ItemIds[item]));
        Assert.Equal(["30", "40", "50"], one.Candidates!.Select(item => data.ItemIds[item]).Order());
    }

    [Fact]
    public void The_layout_of_the_NCF_files_is_read_with_its_own_test_part()
    {
        File.WriteAllText(Path.Combine(_folder, "pins.train.rating"), "0\t1\t1\n0\t2\t1\n1\t3\t1\n1\t1\t1\n");
        File.WriteAllText(Path.Combine(_folder, "pins.test.rating"), "0\t3\t1\n1\t9\t1\n");
        File.WriteAllText(Path.Combine(_folder, "pins.test.negative"), "(0,3)\t9\n(1,9)\t2\n");

        var task = Read(_folder, Protocol.Ncf);

        var data = task.Training.Data;
        Assert.Equal(["3", "9"], task.Cases.Select(one => data.ItemIds[one.Positives[0]]));
        Assert.Equal([2, 2], task.Cases.Select(one => one.History.Length));
        Assert.Equal([2, 2], task.Cases.Select(one => one.Candidates!.Length));
    }

    [Theory]
    [InlineData(Protocol.LatestOut)]
    [InlineData(Protocol.PerUser7525)]
    [InlineData(Protocol.Ncf)]
    public void The_tuning_cut_never_touches_what_the_task_holds_out(Protocol protocol)
    {
        var task = ProtocolSplitter.Split(SyntheticData.Generate(new SyntheticOptions { Users = 90, Items = 150 }), protocol, 1);

        var cut = TuningCut.Of(task, 1);

        foreach (var one in cut.Tuning.Concat(cut.Learning))
        {
            var training = task.Training[one.User].ToArray().Select(e => e.Item).ToHashSet();
            Assert.All(one.Positives, item => Assert.Contains(item, training));
            Assert.All(one.History, e => Assert.Contains(e.Item, training));
            Assert.Empty(one.Positives.Intersect(cut.Training[one.User].ToArray().Select(e => e.Item)));
        }

        Assert.Empty(cut.Tuning.Select(one => one.User).Intersect(cut.Learning.Select(one => one.User)));
        Assert.NotEmpty(cut.Tuning);
    }

    [Fact]
    public void One_user_one_item_and_equal_events_are_cut_without_a_fault()
    {
        var builder = new DataSetBuilder("tiny");
        builder.Add("only", "9223372036854775807", 5, 1);
        builder.Add("only", "9223372036854775807", 5, 1);

        foreach (var protocol in Enum.GetValues<Protocol>())
        {
            Assert.Empty(ProtocolSplitter.Split(builder.Build(), protocol, 1).Cases);
        }
    }

    [Fact]
    public void Feedback_events_join_the_data_once_per_id_and_in_time_order()
    {
        var builder = new DataSetBuilder("base");
        builder.Add("u", "a", 1_000_000_000, 1);
        builder.Add("u", "b", 1_000_000_100, 1);
        var log = Directory.CreateDirectory(Path.Combine(_folder, "date=2026-01-01", "writer=w")).FullName;
        File.WriteAllText(Path.Combine(log, "part-0.jsonl"),
            """
            {"eventId":"1","userId":"u","itemId":"c","type":"view","value":2.5,"timestamp":"2001-09-09T01:47:00+00:00"}
            {"eventId":"1","userId":"u","itemId":"c","type":"view","value":2.5,"timestamp":"2001-09-09T01:47:00+00:00"}
            {"eventId":"2","userId":"new","itemId":"a","type":"view","value":null,"timestamp":"2001-09-09T01:49:00Z"}
            {"eventId":"3","userId":"u","ite
            """);

        var data = EventLogReader.Append(builder.Build(), _folder, new DataReadOptions(), TestContext.Current.CancellationToken);

        Assert.Equal(
            [("u", "a", 1f), ("u", "c", 2.5f), ("u", "b", 1f), ("new", "a", 1f)],
            data.Interactions.Select(e => (data.UserIds[e.User], data.ItemIds[e.Item], e.Value)));
        Assert.Equal(1, data.Dropped.Values.Single());
    }

    private static EvaluationTask Read(string path, Protocol protocol) =>
        ProtocolSplitter.Read(path, protocol, new DataReadOptions(), 1, TestContext.Current.CancellationToken);
}
