using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Runs;

/// <summary>The runs of a table that came into sight: asked for in portions, and only the newest are kept.</summary>
internal sealed class RunCache(MlflowClient client, RunIndex index, RunQuery query)
{
    private const int Portion = 100;
    private const int Most = 1500;
    private readonly Dictionary<int, Run> _runs = [];
    private readonly Queue<int> _age = new();
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The runs at these places of the index, in that order; those that are gone for good are left out.</summary>
    public async Task<IReadOnlyList<Run?>> GetAsync(IReadOnlyList<int> places, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var found = new Dictionary<int, Run>();
            foreach (var place in places.Where(place => place >= 0 && _runs.ContainsKey(place)))
            {
                found[place] = _runs[place];
            }

            foreach (var portion in places.Where(place => place >= 0 && !found.ContainsKey(place)).Distinct().Chunk(Portion))
            {
                await LoadAsync(portion, found, cancellationToken);
            }

            return [.. places.Select(place => found.GetValueOrDefault(place))];
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task LoadAsync(int[] places, Dictionary<int, Run> found, CancellationToken cancellationToken)
    {
        var ids = index.Ids(places).ToDictionary(item => item.Value, item => item.Key);
        var filter = $"attributes.run_id IN ({string.Join(',', ids.Keys.Select(id => $"'{id}'"))})";
        foreach (var run in (await client.SearchRunsAsync(query.Experiments, filter, null, Portion, null, ViewType.All, cancellationToken)).Items)
        {
            Keep(ids[run.Info.RunId], found[ids[run.Info.RunId]] = run);
        }
    }

    private void Keep(int place, Run run)
    {
        if (_runs.TryAdd(place, run))
        {
            _age.Enqueue(place);
        }

        while (_runs.Count > Most)
        {
            _runs.Remove(_age.Dequeue());
        }
    }
}
