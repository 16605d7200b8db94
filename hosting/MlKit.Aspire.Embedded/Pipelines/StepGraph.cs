namespace Aspire.Hosting.Pipelines;

/// <summary>The steps and what each one waits for.</summary>
internal sealed class StepGraph
{
    private readonly Dictionary<string, PipelineStep> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _before = new(StringComparer.Ordinal);

    /// <exception cref="DistributedApplicationException">A name stands twice, or a step refers to one that is absent.</exception>
    public StepGraph(IReadOnlyList<PipelineStep> steps)
    {
        foreach (var step in steps)
        {
            if (!_steps.TryAdd(step.Name, step))
            {
                throw new DistributedApplicationException($"The pipeline has two steps named '{step.Name}'.");
            }

            _before[step.Name] = [];
        }

        foreach (var step in steps)
        {
            foreach (var name in step.DependsOnSteps)
            {
                _before[step.Name].Add(Known(name, step));
            }

            // What another step is required by may belong to an operation that this pipeline does not have.
            foreach (var name in step.RequiredBySteps.Where(_before.ContainsKey))
            {
                _before[name].Add(step.Name);
            }
        }
    }

    public IReadOnlySet<string> Before(PipelineStep step) => _before[step.Name];

    /// <summary>A step and all that it depends on, or every step, each after what it depends on.</summary>
    /// <exception cref="DistributedApplicationException">There is no such step, or steps depend on each other in a circle.</exception>
    public IReadOnlyList<PipelineStep> Choose(string? name)
    {
        if (!string.IsNullOrEmpty(name) && !_steps.ContainsKey(name))
        {
            throw new DistributedApplicationException(
                $"Unknown pipeline step '{name}' (--step). Allowed: {string.Join(", ", _steps.Keys.Order())}.");
        }

        var ordered = new List<PipelineStep>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in string.IsNullOrEmpty(name) ? [.. _steps.Keys] : (string[])[name])
        {
            Visit(start, [], done, ordered);
        }

        return ordered;
    }

    private void Visit(string name, List<string> path, HashSet<string> done, List<PipelineStep> ordered)
    {
        if (path.Contains(name))
        {
            throw new DistributedApplicationException(
                $"The pipeline's steps depend on each other in a circle: {string.Join(" -> ", [.. path, name])}.");
        }

        if (done.Contains(name))
        {
            return;
        }

        foreach (var earlier in _before[name].Order(StringComparer.Ordinal))
        {
            Visit(earlier, [.. path, name], done, ordered);
        }

        done.Add(name);
        ordered.Add(_steps[name]);
    }

    private string Known(string name, PipelineStep step) => _steps.ContainsKey(name)
        ? name
        : throw new DistributedApplicationException(
            $"The pipeline step '{step.Name}' depends on '{name}', which does not exist. Steps: {string.Join(", ", _steps.Keys.Order())}.");
}
