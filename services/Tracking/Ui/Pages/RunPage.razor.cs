using Microsoft.AspNetCore.Components;
using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Pages;

/// <summary>One run: what it is, its metrics and its files.</summary>
public partial class RunPage
{
    private const int MostChildren = 50;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private static readonly (string Tab, string Title)[] Tabs =
        [("overview", "Overview"), ("model-metrics", "Metrics"), ("system-metrics", "System metrics"), ("artifacts", "Artifacts")];

    private Run? _run;
    private Run? _parent;
    private Experiment? _experiment;
    private IReadOnlyList<Run> _runs = [];
    private IReadOnlyList<Run> _children = [];
    private IReadOnlyList<LoggedModel> _models = [];
    private IReadOnlyList<ModelVersion> _versions = [];
    private string? _dialog;
    private bool _loaded;
    private ITimer? _timer;

    /// <summary>The experiment; the run knows it as well.</summary>
    [Parameter]
    public string? ExperimentId { get; set; }

    /// <summary>The run.</summary>
    [Parameter]
    public string RunId { get; set; } = "";

    /// <summary>Which part of it.</summary>
    [Parameter]
    public string? Tab { get; set; }

    /// <summary>The file that is looked at.</summary>
    [Parameter]
    public string? Path { get; set; }

    private bool IsDeleted => _run?.Info.LifecycleStage == "deleted";

    private string Current => Tab switch
    {
        "artifactPath" => "artifacts",
        "model-metrics" or "system-metrics" or "artifacts" => Tab,
        _ => "overview",
    };

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_run?.Info.RunId != RunId)
        {
            await TryAsync(LoadAsync);
            _loaded = true;
        }

        if (RendererInfo.IsInteractive && _run?.Info.Status == RunStatus.Running)
        {
            _timer ??= Time.CreateTimer(_ => _ = InvokeAsync(FollowAsync), null, Pace, Pace);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _timer?.Dispose();
        base.Dispose(disposing);
    }

    private static bool IsSystem(string key) => key.StartsWith("system/", StringComparison.Ordinal);

    private async Task LoadAsync()
    {
        _run = null;
        var run = await Client.GetRunAsync(RunId, Gone);
        _experiment = await Client.GetExperimentAsync(run.Info.ExperimentId, Gone);
        _versions = (await Client.SearchModelVersionsAsync($"run_id = '{run.Info.RunId}'", cancellationToken: Gone)).Items;
        _children = (await Client.SearchRunsAsync(
            [run.Info.ExperimentId], $"tags.`{RunFacts.ParentTag}` = '{run.Info.RunId}'", null, MostChildren, cancellationToken: Gone)).Items;
        _models = await ModelsAsync(run);
        _parent = run.Data.Tags.Tag(RunFacts.ParentTag) is { Length: > 0 } parent ? await FindRunAsync(parent) : null;
        (_run, _runs) = (run, [run]);
    }

    private async Task<IReadOnlyList<LoggedModel>> ModelsAsync(Run run)
    {
        var models = new List<LoggedModel>();
        foreach (var output in run.Outputs.ModelOutputs)
        {
            try
            {
                models.Add(await Client.GetLoggedModelAsync(output.ModelId, Gone));
            }
            catch (MlflowException error) when (error.IsMissing)
            {
                // It was deleted since.
            }
        }

        return models;
    }

    private async Task<Run?> FindRunAsync(string id)
    {
        try
        {
            return await Client.GetRunAsync(id, Gone);
        }
        catch (MlflowException error) when (error.IsMissing)
        {
            return null;
        }
    }

    /// <summary>Looks for news while the run goes on.</summary>
    private async Task FollowAsync()
    {
        if (_dialog is null && await TryAsync(async () => _run = await Client.GetRunAsync(RunId, Gone)))
        {
            _runs = [_run!];
            if (_run!.Info.Status != RunStatus.Running)
            {
                _timer?.Dispose();
                _timer = null;
            }

            StateHasChanged();
        }
    }

    private async Task ChangeAsync(Func<Task> change)
    {
        if (await TryAsync(change))
        {
            Close();
            await TryAsync(LoadAsync);
        }
    }

    private void Close() => (_dialog, Problem) = (null, null);

    private Task<string?> SetTagAsync(string key, string value) => ChangeTagsAsync(() => Client.SetTagAsync(RunId, key, value, Gone));

    private Task<string?> RemoveTagAsync(string key) => ChangeTagsAsync(() => Client.DeleteTagAsync(RunId, key, Gone));

    private async Task<string?> ChangeTagsAsync(Func<Task> change)
    {
        await TryAsync(async () =>
        {
            await change();
            _run = await Client.GetRunAsync(RunId, Gone);
        });
        StateHasChanged();
        return Problem;
    }
}
