using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Runs;

/// <summary>
/// Gives the rows of a table that is scrolled: pages are asked for when they come into sight, and only the newest few
/// are kept, so that a table over any number of runs costs the server little memory.
/// </summary>
public sealed class RunFeed(MlflowClient client, RunQuery query)
{
    /// <summary>Rows asked for at once, as MLflow's own UI does.</summary>
    public const int PageSize = 100;

    private const int MostPages = 12;

    private readonly List<string?> _tokens = [null];
    private readonly LinkedList<(int Number, IReadOnlyList<Run> Runs)> _pages = [];
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>How many rows are known.</summary>
    public int Known { get; private set; }

    /// <summary>Whether there are no further ones.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The rows from <paramref name="start"/> on; fewer where the runs end before.</summary>
    /// <exception cref="MlflowException">The server refuses the query.</exception>
    public async Task<IReadOnlyList<Run>> RowsAsync(int start, int count, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var rows = new List<Run>(count);
            for (var at = start; at < start + count;)
            {
                var page = await PageAsync(at / PageSize, cancellationToken);
                var part = page.Skip(at % PageSize).Take(start + count - at).ToList();
                if (part.Count == 0)
                {
                    break;
                }

                rows.AddRange(part);
                at += part.Count;
            }

            return rows;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<IReadOnlyList<Run>> PageAsync(int number, CancellationToken cancellationToken)
    {
        if (_pages.FirstOrDefault(page => page.Number == number).Runs is { } kept)
        {
            return kept;
        }

        // A page is found by the token of the one before, so all before it are walked through once.
        while (_tokens.Count <= number && !IsComplete)
        {
            await LoadAsync(_tokens.Count - 1, cancellationToken);
        }

        return number < _tokens.Count ? await LoadAsync(number, cancellationToken) : [];
    }

    private async Task<IReadOnlyList<Run>> LoadAsync(int number, CancellationToken cancellationToken)
    {
        var page = await query.PageAsync(client, PageSize, _tokens[number], cancellationToken);
        Known = Math.Max(Known, (number * PageSize) + page.Items.Count);
        if (number == _tokens.Count - 1)
        {
            if (page.NextPageToken is null || page.Items.Count < PageSize)
            {
                IsComplete = true;
            }
            else
            {
                _tokens.Add(page.NextPageToken);
            }
        }

        _pages.AddFirst((number, page.Items));
        if (_pages.Count > MostPages)
        {
            _pages.RemoveLast();
        }

        return page.Items;
    }
}
