using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Tests;

public sealed class SyntheticDataTests
{
    private static readonly DataSet Data = SyntheticData.Generate();

    [Fact]
    public void The_default_is_large_enough_to_assert_quality()
    {
        Assert.True(Data.UserIds.Length >= 2_000);
        Assert.True(Data.ItemIds.Length >= 1_000);
        Assert.True(Data.Interactions.Length >= 100_000);
        Assert.True(Data.HasIntegerItemIds);
        Assert.Contains("196", Data.UserIds);
        Assert.All(Data.Items, item => Assert.NotEmpty(item.Genres));
    }

    [Fact]
    public void The_same_seed_gives_the_same_data_and_another_seed_does_not()
    {
        Assert.Equal(Data.Fingerprint, SyntheticData.Generate().Fingerprint);
        Assert.NotEqual(Data.Fingerprint, SyntheticData.Generate(new SyntheticOptions { Seed = 2 }).Fingerprint);
    }

    [Fact]
    public void Nobody_meets_an_item_twice_and_everybody_meets_at_least_twenty()
    {
        Assert.Equal(Data.Interactions.Length, Data.Interactions.Select(e => (e.User, e.Item)).Distinct().Count());
        Assert.True(Data.Interactions.CountBy(e => e.User).Min(user => user.Value) >= 20);
    }

    [Fact]
    public void Series_are_met_in_order_far_more_often_than_by_chance()
    {
        var follows = 0;
        var pairs = 0;
        foreach (var user in Data.Interactions.GroupBy(e => e.User))
        {
            var items = user.Select(e => int.Parse(Data.ItemIds[e.Item], null)).ToArray();
            pairs += items.Length - 1;
            follows += items.Zip(items.Skip(1)).Count(pair => pair.Second == pair.First + 1);
        }

        Assert.InRange(follows / (double)pairs, 0.15, 0.4);
    }

    [Fact]
    public void A_user_meets_few_genres_far_more_often_than_the_others()
    {
        var shares = Data.Interactions.GroupBy(e => e.User).Select(user =>
        {
            var genres = user.SelectMany(e => Data.Items[e.Item].Genres).CountBy(g => g).OrderByDescending(g => g.Value).ToArray();
            return genres.Take(4).Sum(g => g.Value) / (double)genres.Sum(g => g.Value);
        });

        Assert.True(shares.Average() > 0.5, "four genres of sixteen would hold a quarter by chance");
    }

    [Fact]
    public void Events_come_in_time_order_inside_the_span()
    {
        var options = new SyntheticOptions();
        var times = Data.Interactions.Select(e => e.Timestamp).ToArray();

        Assert.Equal(times.Order(), times);
        Assert.InRange(times[0], options.Start.ToUnixTimeSeconds(), options.Start.ToUnixTimeSeconds() + 10_000_000);
        Assert.True(times[^1] < (options.Start + options.Span).ToUnixTimeSeconds());
    }
}
