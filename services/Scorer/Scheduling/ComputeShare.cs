namespace MlKit.Scorer.Scheduling;

/// <summary>
/// The processors, shared fairly between models: a run takes a slot, and when models wait for one, it goes to the model
/// that has computed least. A model that was idle starts level with the others and cannot save up time.
/// </summary>
/// <param name="slots">Runs of all models at the same time.</param>
internal sealed class ComputeShare(int slots)
{
    private readonly List<ModelScheduler> _waiting = [];
    private int _free = slots;
    private long _level;

    /// <summary>Guards this and the queues of all models; held for moments only, never during a run.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Takes a slot if one is free and nobody waits for it. Call it under <see cref="Gate"/>, as all below.</summary>
    public bool TryTake(ModelScheduler model)
    {
        if (_free == 0 || _waiting.Count > 0)
        {
            return false;
        }

        _free--;
        model.Used = Math.Max(model.Used, _level);
        return true;
    }

    /// <summary>Lets a model that has something to run wait for a slot.</summary>
    public void Await(ModelScheduler model)
    {
        if (!_waiting.Contains(model))
        {
            model.Used = Math.Max(model.Used, _level);
            _waiting.Add(model);
        }
    }

    public void Forget(ModelScheduler model) => _waiting.Remove(model);

    /// <summary>Gives a slot back.</summary>
    public void Return(ModelScheduler model, long ticks)
    {
        _free++;
        model.Used += ticks;
    }

    /// <summary>Gives free slots to those who wait, the one that has computed least first.</summary>
    public void Distribute()
    {
        while (_free > 0 && _waiting.Count > 0)
        {
            var next = _waiting[0];
            foreach (var model in _waiting)
            {
                next = model.Used < next.Used ? model : next;
            }

            _waiting.Remove(next);
            _level = Math.Max(_level, next.Used);
            _free--;
            if (!next.StartOne())
            {
                _free++;
            }
        }
    }
}
