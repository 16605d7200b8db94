using System.Text.Json;
using System.Text.Json.Nodes;
using MlKit.Features;

namespace MlKit.RecommendationApi.Features;

/// <summary>Reads and pushes the reference application's features through the feature server.</summary>
internal sealed class FeatureClient(HttpClient http)
{
    private const string Activity = RecommenderFeatures.UserActivity;
    private const string Profile = RecommenderFeatures.UserProfile;
    private const string Item = RecommenderFeatures.ItemProfile;
    private const string Popularity = RecommenderFeatures.ItemPopularity;

    private static readonly string[] UserReferences =
    [
        $"{Activity}:event_count", $"{Activity}:mean_value", $"{Activity}:seen_items", $"{Activity}:last_items",
        $"{Activity}:last_item_times", $"{Profile}:mean_item_popularity", $"{Profile}:genres", $"{Profile}:genre_weights",
    ];

    private static readonly string[] ItemReferences =
    [
        $"{Item}:genres", $"{Item}:release_year", $"{Popularity}:event_count", $"{Popularity}:recent_count",
        $"{Popularity}:mean_value", $"{Popularity}:first_event_time",
    ];

    private volatile string? _otherSchema;

    /// <exception cref="FeatureServerException">The server cannot be reached or refused.</exception>
    public async Task<UserFeatures> GetUserAsync(string userId, CancellationToken cancellationToken)
    {
        var rows = await GetAsync(UserReferences, RecommenderFeatures.UserKey, [userId], cancellationToken);
        var times = rows.Times($"{Activity}__last_item_times", 0) ?? [];
        return new UserFeatures
        {
            SeenItems = rows.Texts($"{Activity}__seen_items", 0) ?? [],
            LastItems = rows.Texts($"{Activity}__last_items", 0) ?? [],
            LastItemTimes = times,
            StoredAt = rows.EventTime($"{Activity}__event_count", 0),
            State = new UserState
            {
                EventCount = rows.Integer($"{Activity}__event_count", 0) ?? 0,
                MeanValue = rows.Number($"{Activity}__mean_value", 0) ?? 0,
                LastEventTime = times.Count > 0 ? times[0] : null,
                MeanItemPopularity = rows.Number($"{Profile}__mean_item_popularity", 0) ?? 0,
                Genres = rows.Texts($"{Profile}__genres", 0) ?? [],
                GenreWeights = rows.Numbers($"{Profile}__genre_weights", 0) ?? [],
            },
        };
    }

    /// <exception cref="FeatureServerException">The server cannot be reached or refused.</exception>
    public async Task<IReadOnlyList<ItemState>> GetItemsAsync(IReadOnlyList<string> itemIds, CancellationToken cancellationToken)
    {
        var rows = await GetAsync(ItemReferences, RecommenderFeatures.ItemKey, itemIds, cancellationToken);
        var items = new ItemState[itemIds.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = new ItemState
            {
                Genres = rows.Texts($"{Item}__genres", i) ?? [],
                ReleaseYear = rows.Integer($"{Item}__release_year", i),
                EventCount = rows.Integer($"{Popularity}__event_count", i) ?? 0,
                RecentCount = rows.Integer($"{Popularity}__recent_count", i) ?? 0,
                MeanValue = rows.Number($"{Popularity}__mean_value", i) ?? 0,
                FirstEventTime = rows.Time($"{Popularity}__first_event_time", i),
            };
        }

        return items;
    }

    /// <summary>Titles and genres for display; null where the store has none.</summary>
    /// <exception cref="FeatureServerException">The server cannot be reached or refused.</exception>
    public async Task<IReadOnlyList<ItemDescription>> DescribeAsync(IReadOnlyList<string> itemIds, CancellationToken cancellationToken)
    {
        var rows = await GetAsync([$"{Item}:title", $"{Item}:genres"], RecommenderFeatures.ItemKey, itemIds, cancellationToken);
        return [.. itemIds.Select((id, i) => new ItemDescription(id, rows.Text($"{Item}__title", i), rows.Texts($"{Item}__genres", i) ?? []))];
    }

    /// <summary>Writes a user's activity to the online store at once.</summary>
    /// <exception cref="FeatureServerException">The server cannot be reached or refused.</exception>
    public async Task PushActivityAsync(string userId, UserFeatures user, DateTimeOffset eventTime, CancellationToken cancellationToken)
    {
        var frame = new JsonObject
        {
            [RecommenderFeatures.UserKey] = new JsonArray(userId),
            ["event_count"] = new JsonArray(user.State.EventCount),
            ["mean_value"] = new JsonArray(user.State.MeanValue),
            ["seen_items"] = new JsonArray(Texts(user.SeenItems)),
            ["last_items"] = new JsonArray(Texts(user.LastItems)),
            ["last_item_times"] = new JsonArray(new JsonArray([.. user.LastItemTimes.Select(time => (JsonNode)time.ToUnixTimeSeconds())])),
            ["event_timestamp"] = new JsonArray(Format(eventTime)),
        };
        var body = new JsonObject { ["push_source_name"] = RecommenderFeatures.UserActivityPush, ["df"] = frame, ["to"] = "online" };
        using var response = await SendAsync("push", body, cancellationToken);
    }

    /// <summary>
    /// Whether the server is there, has its registry, and reads the views that this program was compiled with; otherwise
    /// why not. Values of another schema are refused until a later look finds the right one.
    /// </summary>
    public async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "health");
            request.Headers.Accept.ParseAdd("application/json");
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return $"it answers {(int)response.StatusCode}";
            }

            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return _otherSchema = await ServedSchemas.DifferenceAsync(body, cancellationToken);
        }
        catch (Exception error) when (IsRemote(error, cancellationToken))
        {
            return error.Message;
        }
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsRemote(Exception error, CancellationToken cancellationToken) =>
        error is HttpRequestException or IOException or JsonException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task<FeatureRows> GetAsync(
        IEnumerable<string> references, string key, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["features"] = Texts(references),
            ["entities"] = new JsonObject { [key] = Texts(ids) },
            ["full_feature_names"] = true,
        };
        using var response = await SendAsync("get-online-features", body, cancellationToken);
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var answer = await JsonDocument.ParseAsync(content, default, cancellationToken);
            return FeatureRows.Parse(answer.RootElement.Clone());
        }
        catch (Exception error) when (IsRemote(error, cancellationToken))
        {
            throw new FeatureServerException($"the feature server's answer cannot be read: {error.Message}", error);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        if (_otherSchema is { } problem)
        {
            throw new FeatureServerException($"the feature server cannot be used: {problem}");
        }

        HttpResponseMessage response;
        try
        {
            using var content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
            response = await http.PostAsync(path, content, cancellationToken);
        }
        catch (Exception error) when (IsRemote(error, cancellationToken))
        {
            throw new FeatureServerException($"the feature server cannot be reached: {error.Message}", error);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new FeatureServerException($"the feature server answered {(int)response.StatusCode} to /{path}: {text[..Math.Min(300, text.Length)]}");
        }
    }
}

/// <summary>What a page shows of an item.</summary>
/// <param name="ItemId">Raw item id.</param>
/// <param name="Title">Title; null where the store has none.</param>
/// <param name="Genres">Genres.</param>
internal sealed record ItemDescription(string ItemId, string? Title, IReadOnlyList<string> Genres);
